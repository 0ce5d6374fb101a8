# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure population-insn-run2. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
0 7002 7002 7002
1 31860 31860 31860
2 31880 31880 31880
3 31900 31900 31900
4 31920 31920 31920
5 31940 31940 31940
6 31960 31960 31960
7 31980 31980 31980
8 32000 32000 32000
EOD
$series1 << EOD
0 7002 7002 7002
1 119515 119515 119515
2 119515 119515 119515
3 232030 232030 232030
4 119515 119515 119515
5 232030 232030 232030
6 119515 119515 119515
7 232030 232030 232030
8 457060 457060 457060
EOD
$links << EOD
0 7002 7002
1 31860 119515
2 31880 119515
3 31900 232030
4 31920 119515
5 31940 232030
6 31960 119515
7 31980 232030
8 32000 457060
EOD
set terminal svg size 720,480 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './population-insn-run2.svg'
unset label
unset arrow
set label 'Cost by how much is populated, and where' at screen 0.0222,0.9542 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'kernel 6.17.13-cloud-amd64 · insn: instructions executed; sees no cache, TLB or IPI · run 2' at screen 0.0222,0.9083 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Points are medians, bars the quartiles; ×: unaligned to pmd.' at screen 0.0222,0.0250 noenhanced textcolor rgb '#59636e' font ',11'
set label 'instructions of one mremap, logarithmic' at screen 0.0222,0.8604 noenhanced textcolor rgb '#59636e' font ',12'
set label 'pages that are there (32M, 4K folios)' at screen 0.4465,0.0813 noenhanced textcolor rgb '#59636e' center font ',12'
set lmargin at screen 0.1013
set rmargin at screen 0.7917
set tmargin at screen 0.8313
set bmargin at screen 0.2063
set border 1 linecolor rgb '#59636e' linewidth 1
set grid ytics noxtics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:8.5] noextend
set yrange [4668:868414] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#1b1f24' ('5,000' 5000, '10,000' 10000, '20,000' 20000, '50,000' 50000, '100,000' 100000, '200,000' 200000, '500,000' 500000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#1b1f24' norotate ('none' 0, '1/PMD' 1, '10%%' 2, '50%%' 3, '10%%' 4, '50%%' 5, '10%%' 6, '50%%' 7, 'all' 8)
set label '' at first 0.5000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#1b1f24'
set arrow from first 1.5000, graph 0 to first 1.5000, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set label 'first' at first 2.5000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#1b1f24'
set arrow from first 3.5000, graph 0 to first 3.5000, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set label 'stride' at first 4.5000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#1b1f24'
set arrow from first 5.5000, graph 0 to first 5.5000, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set label 'random' at first 6.5000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#1b1f24'
set arrow from first 7.5000, graph 0 to first 7.5000, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set label '' at first 8.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label 'unaligned' at screen 0.8111,0.7545 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#d55e00' offset character 1.2,-0.25
set label 'pmd' at screen 0.8111,0.4365 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 7 pointsize 0.8 linecolor rgb '#0072b2' offset character 1.2,-0.25
set label '×1' at first 0,7002 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×3.75' at first 1,119515 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×3.75' at first 2,119515 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×7.27' at first 3,232030 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×3.74' at first 4,119515 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×7.26' at first 5,232030 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×3.74' at first 6,119515 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×7.26' at first 7,232030 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×14.3' at first 8,457060 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
plot $links using 1:2:(0):($3-$2) with vectors nohead linecolor rgb '#e3e6ea' linewidth 5, \
     $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#0072b2' linewidth 1 pointtype 7 pointsize 0, \
     $series0 using 1:2 with points linetype 1 linecolor rgb '#0072b2' linewidth 2 pointtype 7 pointsize 0.9, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#d55e00' linewidth 1 pointtype 5 pointsize 0, \
     $series1 using 1:2 with points linetype 1 linecolor rgb '#d55e00' linewidth 2 pointtype 5 pointsize 0.9
unset output
set terminal svg size 720,480 noenhanced rounded font 'sans-serif,13' background '#14171c'
set output './population-insn-run2-dark.svg'
unset label
unset arrow
set label 'Cost by how much is populated, and where' at screen 0.0222,0.9542 noenhanced textcolor rgb '#e6e9ed' font ',17'
set label 'kernel 6.17.13-cloud-amd64 · insn: instructions executed; sees no cache, TLB or IPI · run 2' at screen 0.0222,0.9083 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'Points are medians, bars the quartiles; ×: unaligned to pmd.' at screen 0.0222,0.0250 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'instructions of one mremap, logarithmic' at screen 0.0222,0.8604 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'pages that are there (32M, 4K folios)' at screen 0.4465,0.0813 noenhanced textcolor rgb '#a2abb6' center font ',12'
set lmargin at screen 0.1013
set rmargin at screen 0.7917
set tmargin at screen 0.8313
set bmargin at screen 0.2063
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid ytics noxtics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:8.5] noextend
set yrange [4668:868414] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#e6e9ed' ('5,000' 5000, '10,000' 10000, '20,000' 20000, '50,000' 50000, '100,000' 100000, '200,000' 200000, '500,000' 500000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#e6e9ed' norotate ('none' 0, '1/PMD' 1, '10%%' 2, '50%%' 3, '10%%' 4, '50%%' 5, '10%%' 6, '50%%' 7, 'all' 8)
set label '' at first 0.5000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set arrow from first 1.5000, graph 0 to first 1.5000, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set label 'first' at first 2.5000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set arrow from first 3.5000, graph 0 to first 3.5000, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set label 'stride' at first 4.5000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set arrow from first 5.5000, graph 0 to first 5.5000, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set label 'random' at first 6.5000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set arrow from first 7.5000, graph 0 to first 7.5000, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set label '' at first 8.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set label 'unaligned' at screen 0.8111,0.7545 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#ff8a3d' offset character 1.2,-0.25
set label 'pmd' at screen 0.8111,0.4365 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 7 pointsize 0.8 linecolor rgb '#56b4e9' offset character 1.2,-0.25
set label '×1' at first 0,7002 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×3.75' at first 1,119515 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×3.75' at first 2,119515 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×7.27' at first 3,232030 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×3.74' at first 4,119515 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×7.26' at first 5,232030 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×3.74' at first 6,119515 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×7.26' at first 7,232030 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×14.3' at first 8,457060 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
plot $links using 1:2:(0):($3-$2) with vectors nohead linecolor rgb '#2d333b' linewidth 5, \
     $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#56b4e9' linewidth 1 pointtype 7 pointsize 0, \
     $series0 using 1:2 with points linetype 1 linecolor rgb '#56b4e9' linewidth 2 pointtype 7 pointsize 0.9, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#ff8a3d' linewidth 1 pointtype 5 pointsize 0, \
     $series1 using 1:2 with points linetype 1 linecolor rgb '#ff8a3d' linewidth 2 pointtype 5 pointsize 0.9
unset output
