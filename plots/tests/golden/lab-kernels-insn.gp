# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure kernels-insn. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
0 24000 24000 24000
1 24001 24001 24001
2 24002 24002 24002
3 24000 24000 24000
4 24001 24001 24001
5 24002 24002 24002
6 24000 24000 24000
7 24001 24001 24001
8 24002 24002 24002
9 24000 24000 24000
10 24001 24001 24001
11 24002 24002 24002
12 24000 24000 24000
13 24001 24001 24001
14 24002 24002 24002
15 24000 24000 24000
16 24001 24001 24001
17 24002 24002 24002
18 24000 24000 24000
19 24001 24001 24001
20 24000 24000 24000
22 24001 24001 24001
24 24002 24002 24002
26 24000 24000 24000
28 24001 24001 24001
30 24002 24002 24002
32 24000 24000 24000
34 24001 24001 24001
36 24002 24002 24002
38 24000 24000 24000
40 24001 24001 24001
42 24002 24002 24002
44 24000 24000 24000
46 24001 24001 24001
48 24002 24002 24002
50 24000 24000 24000
52 24001 24001 24001
54 24002 24002 24002
EOD
$series1 << EOD
21 24720 24720 24720
23 24721 24721 24721
25 24722 24722 24722
27 24720 24720 24720
29 24721 24721 24721
31 24722 24722 24722
33 24720 24720 24720
35 24721 24721 24721
37 24722 24722 24722
39 24720 24720 24720
41 24721 24721 24721
43 24722 24722 24722
45 24720 24720 24720
47 24721 24721 24721
49 24722 24722 24722
51 24720 24720 24720
53 24721 24721 24721
55 24722 24722 24722
56 24720 24720 24720
57 24721 24721 24721
58 24722 24722 24722
59 24720 24720 24720
60 24720 24720 24720
61 24721 24721 24721
62 24722 24722 24722
63 24720 24720 24720
64 24720 24720 24720
65 24721 24721 24721
66 24722 24722 24722
67 24720 24720 24720
68 24720 24720 24720
69 24721 24721 24721
70 24722 24722 24722
71 24720 24720 24720
72 24720 24720 24720
73 24721 24721 24721
74 24722 24722 24722
75 24720 24720 24720
76 24721 24721 24721
77 24722 24722 24722
EOD
$series2 << EOD
78 24720 24720 24720
79 24720 24720 24720
EOD
$series3 << EOD
0 45000 45000 45000
1 45001 45001 45001
2 45002 45002 45002
3 45000 45000 45000
4 45001 45001 45001
5 45002 45002 45002
6 45000 45000 45000
7 45001 45001 45001
8 45002 45002 45002
9 45000 45000 45000
10 45001 45001 45001
11 45002 45002 45002
12 45000 45000 45000
13 45001 45001 45001
14 45002 45002 45002
15 45000 45000 45000
16 45001 45001 45001
17 45002 45002 45002
18 45000 45000 45000
19 45001 45001 45001
20 6000 6000 6000
22 6001 6001 6001
24 6002 6002 6002
26 6000 6000 6000
28 6001 6001 6001
30 6002 6002 6002
32 6000 6000 6000
34 6001 6001 6001
36 6002 6002 6002
38 6000 6000 6000
40 6001 6001 6001
42 6002 6002 6002
44 6000 6000 6000
46 6001 6001 6001
48 6002 6002 6002
50 6000 6000 6000
52 6001 6001 6001
54 6002 6002 6002
EOD
$series4 << EOD
21 6180 6180 6180
23 6181 6181 6181
25 6182 6182 6182
27 6180 6180 6180
29 6181 6181 6181
31 6182 6182 6182
33 6180 6180 6180
35 6181 6181 6181
37 6182 6182 6182
39 6180 6180 6180
41 6181 6181 6181
43 6182 6182 6182
45 6180 6180 6180
47 6181 6181 6181
49 6182 6182 6182
51 6180 6180 6180
53 6181 6181 6181
55 6182 6182 6182
56 6180 6180 6180
57 6181 6181 6181
58 6182 6182 6182
59 6180 6180 6180
60 6180 6180 6180
61 6181 6181 6181
62 6182 6182 6182
63 6180 6180 6180
64 6180 6180 6180
65 6181 6181 6181
66 6182 6182 6182
67 6180 6180 6180
68 6180 6180 6180
69 6181 6181 6181
70 6182 6182 6182
71 6180 6180 6180
72 6180 6180 6180
73 6181 6181 6181
74 6182 6182 6182
75 6180 6180 6180
76 6181 6181 6181
77 6182 6182 6182
EOD
$series5 << EOD
78 6180 6180 6180
79 6180 6180 6180
EOD
$series6 << EOD
0 380000 380000 380000
1 380010 380010 380010
2 380020 380020 380020
3 380000 380000 380000
4 380010 380010 380010
5 380020 380020 380020
6 380000 380000 380000
7 380010 380010 380010
8 380020 380020 380020
9 380000 380000 380000
10 380010 380010 380010
11 380020 380020 380020
12 380000 380000 380000
13 380010 380010 380010
14 380020 380020 380020
15 380000 380000 380000
16 380010 380010 380010
17 380020 380020 380020
18 380000 380000 380000
19 380010 380010 380010
20 380000 380000 380000
22 380010 380010 380010
24 380020 380020 380020
26 380000 380000 380000
28 380010 380010 380010
30 380020 380020 380020
32 380000 380000 380000
34 380010 380010 380010
36 380020 380020 380020
38 380000 380000 380000
40 380010 380010 380010
42 380020 380020 380020
44 380000 380000 380000
46 380010 380010 380010
48 380020 380020 380020
50 380000 380000 380000
52 380010 380010 380010
54 380020 380020 380020
EOD
$series7 << EOD
21 391400 391400 391400
23 391410 391410 391410
25 391420 391420 391420
27 391400 391400 391400
29 391410 391410 391410
31 391420 391420 391420
33 391400 391400 391400
35 391410 391410 391410
37 391420 391420 391420
39 391400 391400 391400
41 391410 391410 391410
43 391420 391420 391420
45 391400 391400 391400
47 391410 391410 391410
49 391420 391420 391420
51 391400 391400 391400
53 391410 391410 391410
55 391420 391420 391420
56 391400 391400 391400
57 391410 391410 391410
58 391420 391420 391420
59 391400 391400 391400
60 432600 432600 432600
61 432610 432610 432610
62 432620 432620 432620
63 432600 432600 432600
64 432600 432600 432600
65 432610 432610 432610
66 432620 432620 432620
67 432600 432600 432600
68 432600 432600 432600
69 432610 432610 432610
70 432620 432620 432620
71 432600 432600 432600
72 432600 432600 432600
73 432610 432610 432610
74 432620 432620 432620
75 432600 432600 432600
76 432610 432610 432610
77 432620 432620 432620
EOD
$series8 << EOD
78 432600 432600 432600
79 432600 432600 432600
EOD
$series9 << EOD
0 1500 1500 1500
1 1500 1500 1500
2 1500 1500 1500
3 1500 1500 1500
4 1500 1500 1500
5 1500 1500 1500
6 1500 1500 1500
7 1500 1500 1500
8 1500 1500 1500
9 1500 1500 1500
10 1500 1500 1500
11 1500 1500 1500
12 1500 1500 1500
13 1500 1500 1500
14 1500 1500 1500
15 1500 1500 1500
16 1500 1500 1500
17 1500 1500 1500
18 1500 1500 1500
19 1500 1500 1500
20 1500 1500 1500
22 1500 1500 1500
24 1500 1500 1500
26 1500 1500 1500
28 1500 1500 1500
30 1500 1500 1500
32 1500 1500 1500
34 1500 1500 1500
36 1500 1500 1500
38 1500 1500 1500
40 1500 1500 1500
42 1500 1500 1500
44 1500 1500 1500
46 1500 1500 1500
48 1500 1500 1500
50 1500 1500 1500
52 1500 1500 1500
54 1500 1500 1500
EOD
$series10 << EOD
21 1545 1545 1545
23 1545 1545 1545
25 1545 1545 1545
27 1545 1545 1545
29 1545 1545 1545
31 1545 1545 1545
33 1545 1545 1545
35 1545 1545 1545
37 1545 1545 1545
39 1545 1545 1545
41 1545 1545 1545
43 1545 1545 1545
45 1545 1545 1545
47 1545 1545 1545
49 1545 1545 1545
51 1545 1545 1545
53 1545 1545 1545
55 1545 1545 1545
56 1545 1545 1545
57 1545 1545 1545
58 1545 1545 1545
59 1545 1545 1545
60 1236000 1236000 1236000
61 1236000 1236000 1236000
62 1236000 1236000 1236000
63 1236000 1236000 1236000
64 1236000 1236000 1236000
65 1236000 1236000 1236000
66 1236000 1236000 1236000
67 1236000 1236000 1236000
68 1236000 1236000 1236000
69 1236000 1236000 1236000
70 1236000 1236000 1236000
71 1236000 1236000 1236000
72 1236000 1236000 1236000
73 1236000 1236000 1236000
74 1236000 1236000 1236000
75 1236000 1236000 1236000
76 1236000 1236000 1236000
77 1236000 1236000 1236000
EOD
$series11 << EOD
78 1236000 1236000 1236000
79 1236000 1236000 1236000
EOD
$marks1 << EOD
20 6000 6000 6000
EOD
$marks2 << EOD
60 432600 432600 432600
EOD
$marks3 << EOD
60 1236000 1236000 1236000
EOD
set terminal svg size 720,769 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './kernels-insn.svg'
set multiplot
unset label
unset arrow
set label 'What mremap costs across kernel builds' at screen 0.0222,0.9714 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'insn: instructions executed; sees no cache, TLB or IPI · 80 kernel builds · rings: steps above 1%' at screen 0.0222,0.9428 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Each point is an exact count. Builds of one compiler are joined, and only they make steps; remapbench steps has' at screen 0.0222,0.0351 noenhanced textcolor rgb '#59636e' font ',11'
set label 'all.' at screen 0.0222,0.0156 noenhanced textcolor rgb '#59636e' font ',11'
set label 'built in Debian 12' at screen 0.0333,0.9155 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#a86e00' offset character 1.2,-0.25
set label 'built in Debian 13' at screen 0.2556,0.9155 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 11 pointsize 0.8 linecolor rgb '#6d4fc4' offset character 1.2,-0.25
set label 'built in Debian sid' at screen 0.4778,0.9155 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#59636e' offset character 1.2,-0.25
set label '6.1.150' at screen 0.1252,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1.154' at screen 0.1467,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1.158' at screen 0.1681,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1.162' at screen 0.1896,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1.166' at screen 0.2110,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1.170' at screen 0.2325,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1.174' at screen 0.2539,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1.178' at screen 0.2754,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1.182' at screen 0.2968,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1.186' at screen 0.3183,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.43' at screen 0.3397,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.47' at screen 0.3612,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.51' at screen 0.3826,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.55' at screen 0.4040,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.59' at screen 0.4255,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.63' at screen 0.4469,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.67' at screen 0.4684,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.71' at screen 0.4898,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.75' at screen 0.5113,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.79' at screen 0.5327,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.83' at screen 0.5542,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.87' at screen 0.5756,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.91' at screen 0.5971,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.95' at screen 0.6185,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.99' at screen 0.6400,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.103' at screen 0.6614,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.107' at screen 0.6829,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.111' at screen 0.7043,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.16.3' at screen 0.7258,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.16.13' at screen 0.7472,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.17.3' at screen 0.7687,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.17.13' at screen 0.7901,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.18.3' at screen 0.8116,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.18.13' at screen 0.8330,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.19.3' at screen 0.8545,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.19.13' at screen 0.8759,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '7.0.4' at screen 0.8973,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '7.1.6' at screen 0.9188,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '7.2.8' at screen 0.9402,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '7.3~rc7' at screen 0.9617,0.1899 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1' at screen 0.2271,0.1072 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '6.12' at screen 0.5274,0.1072 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '6.16' at screen 0.7419,0.1072 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '6.17' at screen 0.7847,0.0876 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '6.18' at screen 0.8276,0.1072 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '6.19' at screen 0.8705,0.0876 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '7.0' at screen 0.9027,0.1072 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '7.1' at screen 0.9242,0.0876 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '7.2' at screen 0.9456,0.1072 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '7.3' at screen 0.9671,0.0876 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'move/size=32M/align=pmd/fill=100/folio=4K/type=anon' at screen 0.1199,0.8700 noenhanced textcolor rgb '#1b1f24' font ',12'
set label '24,000 … 24,720' at screen 0.9778,0.8700 noenhanced textcolor rgb '#59636e' right font ',11'
set arrow from first 19.5, graph 0 to first 19.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 55.5, graph 0 to first 55.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 59.5, graph 0 to first 59.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 63.5, graph 0 to first 63.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 67.5, graph 0 to first 67.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 71.5, graph 0 to first 71.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 73.5, graph 0 to first 73.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 75.5, graph 0 to first 75.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 77.5, graph 0 to first 77.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.8583
set bmargin at screen 0.7230
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:79.5] noextend
set yrange [22777.535:26309.88] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('23,000' 23000, '24,000' 24000, '25,000' 25000, '26,000' 26000)
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series0 using 1:2 with linespoints linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.5, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#6d4fc4' linewidth 1 pointtype 11 pointsize 0, \
     $series1 using 1:2 with linespoints linetype 1 linecolor rgb '#6d4fc4' linewidth 1.5 pointtype 11 pointsize 0.5, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#59636e' linewidth 1 pointtype 6 pointsize 0, \
     $series2 using 1:2 with linespoints linetype 1 linecolor rgb '#59636e' linewidth 1.5 pointtype 6 pointsize 0.5
unset label
unset arrow
set label 'move/size=32M/align=mutual/fill=100/folio=4K/type=anon' at screen 0.1199,0.6957 noenhanced textcolor rgb '#1b1f24' font ',12'
set label '45,000 … 6,180' at screen 0.9778,0.6957 noenhanced textcolor rgb '#59636e' right font ',11'
set arrow from first 19.5, graph 0 to first 19.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 55.5, graph 0 to first 55.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 59.5, graph 0 to first 59.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 63.5, graph 0 to first 63.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 67.5, graph 0 to first 67.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 71.5, graph 0 to first 71.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 73.5, graph 0 to first 73.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 75.5, graph 0 to first 75.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 77.5, graph 0 to first 77.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.6840
set bmargin at screen 0.5488
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:79.5] noextend
set yrange [5106.752441:67336.09522] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('10,000' 10000, '20,000' 20000, '50,000' 50000)
set label '-87% at 6.12.43' at screen 0.2647,0.5637 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot $series3 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series3 using 1:2 with linespoints linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.5, \
     $series4 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#6d4fc4' linewidth 1 pointtype 11 pointsize 0, \
     $series4 using 1:2 with linespoints linetype 1 linecolor rgb '#6d4fc4' linewidth 1.5 pointtype 11 pointsize 0.5, \
     $series5 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#59636e' linewidth 1 pointtype 6 pointsize 0, \
     $series5 using 1:2 with linespoints linetype 1 linecolor rgb '#59636e' linewidth 1.5 pointtype 6 pointsize 0.5, \
     $marks1 using 1:2 with points linetype 1 linecolor rgb '#1b1f24' linewidth 1.5 pointtype 6 pointsize 1.2
unset label
unset arrow
set label 'move/size=32M/align=unaligned/fill=100/folio=4K/type=anon' at screen 0.1199,0.5215 noenhanced textcolor rgb '#1b1f24' font ',12'
set label '380,000 … 432,600' at screen 0.9778,0.5215 noenhanced textcolor rgb '#59636e' right font ',11'
set arrow from first 19.5, graph 0 to first 19.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 55.5, graph 0 to first 55.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 59.5, graph 0 to first 59.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 63.5, graph 0 to first 63.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 67.5, graph 0 to first 67.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 71.5, graph 0 to first 71.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 73.5, graph 0 to first 73.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 75.5, graph 0 to first 75.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 77.5, graph 0 to first 77.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.5098
set bmargin at screen 0.3745
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:79.5] noextend
set yrange [372107:448406] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('380,000' 380000, '400,000' 400000, '420,000' 420000, '440,000' 440000)
set label '+11% at 6.17.3' at screen 0.7687,0.4973 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot $series6 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series6 using 1:2 with linespoints linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.5, \
     $series7 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#6d4fc4' linewidth 1 pointtype 11 pointsize 0, \
     $series7 using 1:2 with linespoints linetype 1 linecolor rgb '#6d4fc4' linewidth 1.5 pointtype 11 pointsize 0.5, \
     $series8 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#59636e' linewidth 1 pointtype 6 pointsize 0, \
     $series8 using 1:2 with linespoints linetype 1 linecolor rgb '#59636e' linewidth 1.5 pointtype 6 pointsize 0.5, \
     $marks2 using 1:2 with points linetype 1 linecolor rgb '#1b1f24' linewidth 1.5 pointtype 6 pointsize 1.2
unset label
unset arrow
set label 'multi_vma/vmas=100/how=one_call/layout=adjacent/kind=anon/piece=16K/fill=100' at screen 0.1199,0.3472 noenhanced textcolor rgb '#1b1f24' font ',12'
set arrow from first 19.5, graph 0 to first 19.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 55.5, graph 0 to first 55.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 59.5, graph 0 to first 59.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 63.5, graph 0 to first 63.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 67.5, graph 0 to first 67.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 71.5, graph 0 to first 71.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 73.5, graph 0 to first 73.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 75.5, graph 0 to first 75.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 77.5, graph 0 to first 77.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.3355
set bmargin at screen 0.2003
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:79.5] noextend
set yrange [876.6315202:4733734.685] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('1,000' 1000, '10,000' 10000, '100,000' 100000, '1,000,000' 1000000)
set label 'no longer refused at 6.17.3' at screen 0.6437,0.3209 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot $series9 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series9 using 1:2 with linespoints linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.5, \
     $series10 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#6d4fc4' linewidth 1 pointtype 11 pointsize 0, \
     $series10 using 1:2 with linespoints linetype 1 linecolor rgb '#6d4fc4' linewidth 1.5 pointtype 11 pointsize 0.5, \
     $series11 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#59636e' linewidth 1 pointtype 6 pointsize 0, \
     $series11 using 1:2 with linespoints linetype 1 linecolor rgb '#59636e' linewidth 1.5 pointtype 6 pointsize 0.5, \
     $marks3 using 1:2 with points linetype 1 linecolor rgb '#1b1f24' linewidth 1.5 pointtype 6 pointsize 1.2
unset multiplot
unset output
set terminal svg size 720,769 noenhanced rounded font 'sans-serif,13' background '#14171c'
set output './kernels-insn-dark.svg'
set multiplot
unset label
unset arrow
set label 'What mremap costs across kernel builds' at screen 0.0222,0.9714 noenhanced textcolor rgb '#e6e9ed' font ',17'
set label 'insn: instructions executed; sees no cache, TLB or IPI · 80 kernel builds · rings: steps above 1%' at screen 0.0222,0.9428 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'Each point is an exact count. Builds of one compiler are joined, and only they make steps; remapbench steps has' at screen 0.0222,0.0351 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'all.' at screen 0.0222,0.0156 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'built in Debian 12' at screen 0.0333,0.9155 left noenhanced font ',12' textcolor rgb '#e6e9ed' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#f0b429' offset character 1.2,-0.25
set label 'built in Debian 13' at screen 0.2556,0.9155 left noenhanced font ',12' textcolor rgb '#e6e9ed' point linetype 1 pointtype 11 pointsize 0.8 linecolor rgb '#b39bff' offset character 1.2,-0.25
set label 'built in Debian sid' at screen 0.4778,0.9155 left noenhanced font ',12' textcolor rgb '#e6e9ed' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#b8c0ca' offset character 1.2,-0.25
set label '6.1.150' at screen 0.1252,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.1.154' at screen 0.1467,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.1.158' at screen 0.1681,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.1.162' at screen 0.1896,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.1.166' at screen 0.2110,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.1.170' at screen 0.2325,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.1.174' at screen 0.2539,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.1.178' at screen 0.2754,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.1.182' at screen 0.2968,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.1.186' at screen 0.3183,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.43' at screen 0.3397,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.47' at screen 0.3612,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.51' at screen 0.3826,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.55' at screen 0.4040,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.59' at screen 0.4255,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.63' at screen 0.4469,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.67' at screen 0.4684,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.71' at screen 0.4898,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.75' at screen 0.5113,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.79' at screen 0.5327,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.83' at screen 0.5542,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.87' at screen 0.5756,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.91' at screen 0.5971,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.95' at screen 0.6185,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.99' at screen 0.6400,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.103' at screen 0.6614,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.107' at screen 0.6829,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.12.111' at screen 0.7043,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.16.3' at screen 0.7258,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.16.13' at screen 0.7472,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.17.3' at screen 0.7687,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.17.13' at screen 0.7901,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.18.3' at screen 0.8116,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.18.13' at screen 0.8330,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.19.3' at screen 0.8545,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.19.13' at screen 0.8759,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '7.0.4' at screen 0.8973,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '7.1.6' at screen 0.9188,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '7.2.8' at screen 0.9402,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '7.3~rc7' at screen 0.9617,0.1899 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '6.1' at screen 0.2271,0.1072 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label '6.12' at screen 0.5274,0.1072 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label '6.16' at screen 0.7419,0.1072 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label '6.17' at screen 0.7847,0.0876 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label '6.18' at screen 0.8276,0.1072 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label '6.19' at screen 0.8705,0.0876 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label '7.0' at screen 0.9027,0.1072 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label '7.1' at screen 0.9242,0.0876 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label '7.2' at screen 0.9456,0.1072 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label '7.3' at screen 0.9671,0.0876 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label 'move/size=32M/align=pmd/fill=100/folio=4K/type=anon' at screen 0.1199,0.8700 noenhanced textcolor rgb '#e6e9ed' font ',12'
set label '24,000 … 24,720' at screen 0.9778,0.8700 noenhanced textcolor rgb '#a2abb6' right font ',11'
set arrow from first 19.5, graph 0 to first 19.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 55.5, graph 0 to first 55.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 59.5, graph 0 to first 59.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 63.5, graph 0 to first 63.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 67.5, graph 0 to first 67.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 71.5, graph 0 to first 71.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 73.5, graph 0 to first 73.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 75.5, graph 0 to first 75.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 77.5, graph 0 to first 77.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.8583
set bmargin at screen 0.7230
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:79.5] noextend
set yrange [22777.535:26309.88] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#e6e9ed' ('23,000' 23000, '24,000' 24000, '25,000' 25000, '26,000' 26000)
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#f0b429' linewidth 1 pointtype 5 pointsize 0, \
     $series0 using 1:2 with linespoints linetype 1 linecolor rgb '#f0b429' linewidth 1.5 pointtype 5 pointsize 0.5, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b39bff' linewidth 1 pointtype 11 pointsize 0, \
     $series1 using 1:2 with linespoints linetype 1 linecolor rgb '#b39bff' linewidth 1.5 pointtype 11 pointsize 0.5, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b8c0ca' linewidth 1 pointtype 6 pointsize 0, \
     $series2 using 1:2 with linespoints linetype 1 linecolor rgb '#b8c0ca' linewidth 1.5 pointtype 6 pointsize 0.5
unset label
unset arrow
set label 'move/size=32M/align=mutual/fill=100/folio=4K/type=anon' at screen 0.1199,0.6957 noenhanced textcolor rgb '#e6e9ed' font ',12'
set label '45,000 … 6,180' at screen 0.9778,0.6957 noenhanced textcolor rgb '#a2abb6' right font ',11'
set arrow from first 19.5, graph 0 to first 19.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 55.5, graph 0 to first 55.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 59.5, graph 0 to first 59.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 63.5, graph 0 to first 63.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 67.5, graph 0 to first 67.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 71.5, graph 0 to first 71.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 73.5, graph 0 to first 73.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 75.5, graph 0 to first 75.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 77.5, graph 0 to first 77.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.6840
set bmargin at screen 0.5488
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:79.5] noextend
set yrange [5106.752441:67336.09522] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#e6e9ed' ('10,000' 10000, '20,000' 20000, '50,000' 50000)
set label '-87% at 6.12.43' at screen 0.2647,0.5637 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
plot $series3 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#f0b429' linewidth 1 pointtype 5 pointsize 0, \
     $series3 using 1:2 with linespoints linetype 1 linecolor rgb '#f0b429' linewidth 1.5 pointtype 5 pointsize 0.5, \
     $series4 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b39bff' linewidth 1 pointtype 11 pointsize 0, \
     $series4 using 1:2 with linespoints linetype 1 linecolor rgb '#b39bff' linewidth 1.5 pointtype 11 pointsize 0.5, \
     $series5 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b8c0ca' linewidth 1 pointtype 6 pointsize 0, \
     $series5 using 1:2 with linespoints linetype 1 linecolor rgb '#b8c0ca' linewidth 1.5 pointtype 6 pointsize 0.5, \
     $marks1 using 1:2 with points linetype 1 linecolor rgb '#e6e9ed' linewidth 1.5 pointtype 6 pointsize 1.2
unset label
unset arrow
set label 'move/size=32M/align=unaligned/fill=100/folio=4K/type=anon' at screen 0.1199,0.5215 noenhanced textcolor rgb '#e6e9ed' font ',12'
set label '380,000 … 432,600' at screen 0.9778,0.5215 noenhanced textcolor rgb '#a2abb6' right font ',11'
set arrow from first 19.5, graph 0 to first 19.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 55.5, graph 0 to first 55.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 59.5, graph 0 to first 59.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 63.5, graph 0 to first 63.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 67.5, graph 0 to first 67.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 71.5, graph 0 to first 71.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 73.5, graph 0 to first 73.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 75.5, graph 0 to first 75.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 77.5, graph 0 to first 77.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.5098
set bmargin at screen 0.3745
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:79.5] noextend
set yrange [372107:448406] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#e6e9ed' ('380,000' 380000, '400,000' 400000, '420,000' 420000, '440,000' 440000)
set label '+11% at 6.17.3' at screen 0.7687,0.4973 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
plot $series6 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#f0b429' linewidth 1 pointtype 5 pointsize 0, \
     $series6 using 1:2 with linespoints linetype 1 linecolor rgb '#f0b429' linewidth 1.5 pointtype 5 pointsize 0.5, \
     $series7 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b39bff' linewidth 1 pointtype 11 pointsize 0, \
     $series7 using 1:2 with linespoints linetype 1 linecolor rgb '#b39bff' linewidth 1.5 pointtype 11 pointsize 0.5, \
     $series8 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b8c0ca' linewidth 1 pointtype 6 pointsize 0, \
     $series8 using 1:2 with linespoints linetype 1 linecolor rgb '#b8c0ca' linewidth 1.5 pointtype 6 pointsize 0.5, \
     $marks2 using 1:2 with points linetype 1 linecolor rgb '#e6e9ed' linewidth 1.5 pointtype 6 pointsize 1.2
unset label
unset arrow
set label 'multi_vma/vmas=100/how=one_call/layout=adjacent/kind=anon/piece=16K/fill=100' at screen 0.1199,0.3472 noenhanced textcolor rgb '#e6e9ed' font ',12'
set arrow from first 19.5, graph 0 to first 19.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 55.5, graph 0 to first 55.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 59.5, graph 0 to first 59.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 63.5, graph 0 to first 63.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 67.5, graph 0 to first 67.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 71.5, graph 0 to first 71.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 73.5, graph 0 to first 73.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 75.5, graph 0 to first 75.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 77.5, graph 0 to first 77.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.3355
set bmargin at screen 0.2003
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:79.5] noextend
set yrange [876.6315202:4733734.685] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#e6e9ed' ('1,000' 1000, '10,000' 10000, '100,000' 100000, '1,000,000' 1000000)
set label 'no longer refused at 6.17.3' at screen 0.6437,0.3209 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
plot $series9 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#f0b429' linewidth 1 pointtype 5 pointsize 0, \
     $series9 using 1:2 with linespoints linetype 1 linecolor rgb '#f0b429' linewidth 1.5 pointtype 5 pointsize 0.5, \
     $series10 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b39bff' linewidth 1 pointtype 11 pointsize 0, \
     $series10 using 1:2 with linespoints linetype 1 linecolor rgb '#b39bff' linewidth 1.5 pointtype 11 pointsize 0.5, \
     $series11 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b8c0ca' linewidth 1 pointtype 6 pointsize 0, \
     $series11 using 1:2 with linespoints linetype 1 linecolor rgb '#b8c0ca' linewidth 1.5 pointtype 6 pointsize 0.5, \
     $marks3 using 1:2 with points linetype 1 linecolor rgb '#e6e9ed' linewidth 1.5 pointtype 6 pointsize 1.2
unset multiplot
unset output
