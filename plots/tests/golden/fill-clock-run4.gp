# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure fill-clock-run4. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
0 5541 5541 5676
1 5537 5537 5672
2 5537 5537 5672
3 5541 5541 5676
4 5537 5537 5672
5 5537 5537 5672
6 5541 5541 5676
7 5537 5537 5672
8 5537 5537 5672
9 5537 5537 5672
10 5541 5541 5676
EOD
$series1 << EOD
0 6572 6572 6732
1 7264 7264 7441
2 33210 33210 34020
3 891135 891135 912870
4 13029 13029 13347
5 38975 38975 39926
6 896900 896900 918776
7 5597 5597 5734
8 38007 38007 38934
9 525087 525087 537894
10 16631199 16631199 17036838
EOD
$links << EOD
0 5541 6572
1 5537 7264
2 5537 33210
3 5541 891135
4 5537 13029
5 5537 38975
6 5541 896900
7 5537 5597
8 5537 38007
9 5537 525087
10 5541 16631199
EOD
set terminal svg size 720,480 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './fill-clock-run4.svg'
unset label
unset arrow
set label 'Populated against unpopulated' at screen 0.0222,0.9542 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'kernel 6.18.0-host · clock: real time on this hardware, noise included · run 4' at screen 0.0222,0.9083 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Points are medians, bars the quartiles; ×: populated to unpopulated.' at screen 0.0222,0.0250 noenhanced textcolor rgb '#59636e' font ',11'
set label 'ns of one mremap, logarithmic' at screen 0.0222,0.8604 noenhanced textcolor rgb '#59636e' font ',12'
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
set xrange [-0.5:10.5] noextend
set yrange [3691.333333:32369992.2] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#1b1f24' ('10,000' 10000, '100,000' 100000, '1,000,000' 1000000, '10,000,000' 10000000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#1b1f24' norotate ('1G' 0, '2M' 1, '32M' 2, '1G' 3, '3M' 4, '32M' 5, '1G' 6, '4K' 7, '2M' 8, '32M' 9, '1G' 10)
set label 'pud' at first 0.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#1b1f24'
set arrow from first 0.5000, graph 0 to first 0.5000, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set label 'pmd' at first 2.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#1b1f24'
set arrow from first 3.5000, graph 0 to first 3.5000, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set label 'mutual' at first 5.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#1b1f24'
set arrow from first 6.5000, graph 0 to first 6.5000, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set label 'unaligned' at first 8.5000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label 'populated' at screen 0.8111,0.7854 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#a86e00' offset character 1.2,-0.25
set label 'unpopulated' at screen 0.8111,0.2342 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#59636e' offset character 1.2,-0.25
set label '×1.19' at first 0,6732 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×1.31' at first 1,7441 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×6' at first 2,34020 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×161' at first 3,912870 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×2.35' at first 4,13347 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×7.04' at first 5,39926 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×162' at first 6,918776 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×1.01' at first 7,5734 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×6.86' at first 8,38934 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×94.8' at first 9,537894 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×3001' at first 10,17036838 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
plot $links using 1:2:(0):($3-$2) with vectors nohead linecolor rgb '#e3e6ea' linewidth 5, \
     $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#59636e' linewidth 1 pointtype 6 pointsize 0, \
     $series0 using 1:2 with points linetype 1 linecolor rgb '#59636e' linewidth 2 pointtype 6 pointsize 1.2, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series1 using 1:2 with points linetype 1 linecolor rgb '#a86e00' linewidth 2 pointtype 5 pointsize 0.9
unset output
set terminal svg size 720,480 noenhanced rounded font 'sans-serif,13' background '#14171c'
set output './fill-clock-run4-dark.svg'
unset label
unset arrow
set label 'Populated against unpopulated' at screen 0.0222,0.9542 noenhanced textcolor rgb '#e6e9ed' font ',17'
set label 'kernel 6.18.0-host · clock: real time on this hardware, noise included · run 4' at screen 0.0222,0.9083 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'Points are medians, bars the quartiles; ×: populated to unpopulated.' at screen 0.0222,0.0250 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'ns of one mremap, logarithmic' at screen 0.0222,0.8604 noenhanced textcolor rgb '#a2abb6' font ',12'
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
set xrange [-0.5:10.5] noextend
set yrange [3691.333333:32369992.2] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#e6e9ed' ('10,000' 10000, '100,000' 100000, '1,000,000' 1000000, '10,000,000' 10000000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#e6e9ed' norotate ('1G' 0, '2M' 1, '32M' 2, '1G' 3, '3M' 4, '32M' 5, '1G' 6, '4K' 7, '2M' 8, '32M' 9, '1G' 10)
set label 'pud' at first 0.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set arrow from first 0.5000, graph 0 to first 0.5000, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set label 'pmd' at first 2.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set arrow from first 3.5000, graph 0 to first 3.5000, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set label 'mutual' at first 5.0000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set arrow from first 6.5000, graph 0 to first 6.5000, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set label 'unaligned' at first 8.5000, screen 0.1271 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set label 'populated' at screen 0.8111,0.7854 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#f0b429' offset character 1.2,-0.25
set label 'unpopulated' at screen 0.8111,0.2342 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#b8c0ca' offset character 1.2,-0.25
set label '×1.19' at first 0,6732 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×1.31' at first 1,7441 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×6' at first 2,34020 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×161' at first 3,912870 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×2.35' at first 4,13347 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×7.04' at first 5,39926 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×162' at first 6,918776 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×1.01' at first 7,5734 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×6.86' at first 8,38934 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×94.8' at first 9,537894 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×3001' at first 10,17036838 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
plot $links using 1:2:(0):($3-$2) with vectors nohead linecolor rgb '#2d333b' linewidth 5, \
     $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b8c0ca' linewidth 1 pointtype 6 pointsize 0, \
     $series0 using 1:2 with points linetype 1 linecolor rgb '#b8c0ca' linewidth 2 pointtype 6 pointsize 1.2, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#f0b429' linewidth 1 pointtype 5 pointsize 0, \
     $series1 using 1:2 with points linetype 1 linecolor rgb '#f0b429' linewidth 2 pointtype 5 pointsize 0.9
unset output
