# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure fill-insn-run3. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
0 7002 7002 7002
1 7002 7002 7002
2 7002 7002 7002
3 7002 7002 7002
4 7002 7002 7002
5 7002 7002 7002
6 7002 7002 7002
7 7002 7002 7002
8 7002 7002 7002
9 7002 7002 7002
10 7002 7002 7002
11 7002 7002 7002
12 7002 7002 7002
13 7002 7002 7002
EOD
$series1 << EOD
0 8300 8300 8300
1 8000 8000 8000
2 9500 9500 9500
3 9500 9500 9500
4 32000 32000 32000
5 776000 776000 776000
6 14500 14500 14500
7 37000 37000 37000
8 781000 781000 781000
9 6555 6555 6555
10 34660 34660 34660
11 48740 48740 48740
12 457060 457060 457060
13 14424420 14424420 14424420
EOD
$links << EOD
0 7002 8300
1 7002 8000
2 7002 9500
3 7002 9500
4 7002 32000
5 7002 776000
6 7002 14500
7 7002 37000
8 7002 781000
9 6555 7002
10 7002 34660
11 7002 48740
12 7002 457060
13 7002 14424420
EOD
set terminal svg size 720,480 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './fill-insn-run3.svg'
unset label
unset arrow
set label 'Populated against unpopulated' at screen 0.0222,0.9542 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'kernel 6.17.13-cloud-amd64 · insn: instructions executed; sees no cache, TLB or IPI · run 3' at screen 0.0222,0.9083 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Points are medians, bars the quartiles; ×: populated to unpopulated. Not all sizes; the run’s page has the rest.' at screen 0.0222,0.0250 noenhanced textcolor rgb '#59636e' font ',11'
set label 'instructions of one mremap, logarithmic' at screen 0.0222,0.8604 noenhanced textcolor rgb '#59636e' font ',12'
set label 'size and alignment (4K folios)' at screen 0.4604,0.0813 noenhanced textcolor rgb '#59636e' center font ',12'
set lmargin at screen 0.1292
set rmargin at screen 0.7917
set tmargin at screen 0.8313
set bmargin at screen 0.2063
set border 1 linecolor rgb '#59636e' linewidth 1
set grid ytics noxtics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:13.5] noextend
set yrange [4370:27406398] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#1b1f24' ('10,000' 10000, '100,000' 100000, '1,000,000' 1000000, '10,000,000' 10000000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#1b1f24' norotate ('1G' 0, '4K' 1, '2M' 2, '3M' 3, '32M' 4, '1G' 5, '3M' 6, '32M' 7, '1G' 8, '4K' 9, '2M' 10, '3M' 11, '32M' 12, '1G' 13)
set label 'pud' at first 0.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#1b1f24'
set arrow from first 0.5000, graph 0 to first 0.5000, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set label 'pmd' at first 3.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#1b1f24'
set arrow from first 5.5000, graph 0 to first 5.5000, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set label 'mutual' at first 7.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#1b1f24'
set arrow from first 8.5000, graph 0 to first 8.5000, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set label 'unaligned' at first 11.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label 'populated' at screen 0.8111,0.7854 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#a86e00' offset character 1.2,-0.25
set label 'unpopulated' at screen 0.8111,0.2399 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#59636e' offset character 1.2,-0.25
set label '×1.19' at first 0,8300 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×1.14' at first 1,8000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×1.36' at first 2,9500 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×1.36' at first 3,9500 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×4.57' at first 4,32000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×111' at first 5,776000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×2.07' at first 6,14500 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×5.28' at first 7,37000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×112' at first 8,781000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×0.936' at first 9,7002 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×4.95' at first 10,34660 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×6.96' at first 11,48740 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×65.3' at first 12,457060 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×2060' at first 13,14424420 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
plot $links using 1:2:(0):($3-$2) with vectors nohead linecolor rgb '#e3e6ea' linewidth 5, \
     $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#59636e' linewidth 1 pointtype 6 pointsize 0, \
     $series0 using 1:2 with points linetype 1 linecolor rgb '#59636e' linewidth 2 pointtype 6 pointsize 1.2, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series1 using 1:2 with points linetype 1 linecolor rgb '#a86e00' linewidth 2 pointtype 5 pointsize 0.9
unset output
set terminal svg size 720,480 noenhanced rounded font 'sans-serif,13' background '#14171c'
set output './fill-insn-run3-dark.svg'
unset label
unset arrow
set label 'Populated against unpopulated' at screen 0.0222,0.9542 noenhanced textcolor rgb '#e6e9ed' font ',17'
set label 'kernel 6.17.13-cloud-amd64 · insn: instructions executed; sees no cache, TLB or IPI · run 3' at screen 0.0222,0.9083 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'Points are medians, bars the quartiles; ×: populated to unpopulated. Not all sizes; the run’s page has the rest.' at screen 0.0222,0.0250 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'instructions of one mremap, logarithmic' at screen 0.0222,0.8604 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'size and alignment (4K folios)' at screen 0.4604,0.0813 noenhanced textcolor rgb '#a2abb6' center font ',12'
set lmargin at screen 0.1292
set rmargin at screen 0.7917
set tmargin at screen 0.8313
set bmargin at screen 0.2063
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid ytics noxtics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:13.5] noextend
set yrange [4370:27406398] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#e6e9ed' ('10,000' 10000, '100,000' 100000, '1,000,000' 1000000, '10,000,000' 10000000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#e6e9ed' norotate ('1G' 0, '4K' 1, '2M' 2, '3M' 3, '32M' 4, '1G' 5, '3M' 6, '32M' 7, '1G' 8, '4K' 9, '2M' 10, '3M' 11, '32M' 12, '1G' 13)
set label 'pud' at first 0.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set arrow from first 0.5000, graph 0 to first 0.5000, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set label 'pmd' at first 3.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set arrow from first 5.5000, graph 0 to first 5.5000, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set label 'mutual' at first 7.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set arrow from first 8.5000, graph 0 to first 8.5000, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set label 'unaligned' at first 11.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set label 'populated' at screen 0.8111,0.7854 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#f0b429' offset character 1.2,-0.25
set label 'unpopulated' at screen 0.8111,0.2399 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#b8c0ca' offset character 1.2,-0.25
set label '×1.19' at first 0,8300 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×1.14' at first 1,8000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×1.36' at first 2,9500 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×1.36' at first 3,9500 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×4.57' at first 4,32000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×111' at first 5,776000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×2.07' at first 6,14500 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×5.28' at first 7,37000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×112' at first 8,781000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×0.936' at first 9,7002 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×4.95' at first 10,34660 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×6.96' at first 11,48740 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×65.3' at first 12,457060 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×2060' at first 13,14424420 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
plot $links using 1:2:(0):($3-$2) with vectors nohead linecolor rgb '#2d333b' linewidth 5, \
     $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b8c0ca' linewidth 1 pointtype 6 pointsize 0, \
     $series0 using 1:2 with points linetype 1 linecolor rgb '#b8c0ca' linewidth 2 pointtype 6 pointsize 1.2, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#f0b429' linewidth 1 pointtype 5 pointsize 0, \
     $series1 using 1:2 with points linetype 1 linecolor rgb '#f0b429' linewidth 2 pointtype 5 pointsize 0.9
unset output
